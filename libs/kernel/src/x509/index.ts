export { type AlternativeNames, alternativeNamesOf, subjectOf } from './certificate-names';
export { type DistinguishedName, isSameName, parseDistinguishedName } from './distinguished-name';
