export { field, type FieldOptions } from './field';
export { EnumField, IdField, InstantField, isText, TextField, type TextOptions, TextsField } from './text-fields';
export {
  BooleanField,
  IntegerField,
  JsonField,
  ObjectField,
  ObjectsField,
  QueryBooleanField,
  QueryIntegerField,
} from './value-fields';
