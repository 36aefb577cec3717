export * from './authorize/interaction';
export { Parameters, type FormSource, type StoredParameters } from './endpoints/form-parameters';
