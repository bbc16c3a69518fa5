/** The fields that steps' forms are made of. */

export { ApprovalFields, OutcomeFields, ResponseVariableField } from "./Acting";
export { CodeField, JsonField } from "./CodeField";
export { ComparisonsField } from "./ComparisonsField";
export { Inside, InsideEntry, useField, useStepForm } from "./context";
export { FormFields } from "./FormFields";
export { isRecord, PairsField } from "./PairsField";
export { ChoiceField, NumberField, PlainField, SwitchField, TextsField } from "./plain";
export { ConnectionField, RequestDetails, RequestFields } from "./Request";
export { SayField, SayText } from "./SayField";
export { SayingsField } from "./SayingsField";
export { TemplateField } from "./TemplateField";
export { fieldTexts } from "./texts";
export { OPERATORS, operatorLabel, TYPES, takesValue } from "./values";
