export { type AlternativeNames, alternativeNamesOf, subjectOf } from './certificate-names';
export { type DistinguishedName, isSameName, parseDistinguishedName } from './distinguished-name';
export { isSamePublicKey } from './public-key';
