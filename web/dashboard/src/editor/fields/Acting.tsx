/** What every step that acts has: approval, confirmation, messages. */

import { Select, Stack, TagsInput } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { useField } from "./context";
import { PairsField } from "./PairsField";
import { ChoiceField, NumberField, PlainField, SwitchField } from "./plain";
import { SayField } from "./SayField";
import { TemplateField } from "./TemplateField";
import { fieldTexts } from "./texts";
import { APPROVALS } from "./values";

/** Who has to agree, and what they read. */
export function ApprovalFields() {
  const say = useTexts(fieldTexts);
  return (
    <Stack gap="sm">
      <ChoiceField
        name="approval"
        label={say("approval")}
        byDefault="auto"
        options={APPROVALS.map(value => ({ value, label: say(`approval_${value}`) }))}
      />
      <SwitchField name="irreversible" label={say("irreversible")} hint={say("irreversibleHint")} />
      <TemplateField name="description" label={say("description")} hint={say("descriptionHint")} singleLine />
      <ApproversField />
      <NumberField name="expires_hours" label={say("expiresHours")} byDefault={24} min={0.01} max={2160} />
      <SayField name="confirm" label={say("confirm")} hint={say("confirmHint")} />
    </Stack>
  );
}

function ApproversField() {
  const say = useTexts(fieldTexts);
  const field = useField("approvers");
  const value = (field.value ?? {}) as { role?: string | null; members?: readonly string[] };
  const members = value.members ?? [];
  const put = (role: string | null | undefined, named: readonly string[]) => {
    const left = { ...(role ? { role } : {}), ...(named.length > 0 ? { members: named } : {}) };
    field.set(Object.keys(left).length > 0 ? left : undefined);
  };
  return (
    <Stack gap="sm" data-field="approvers">
      <Select
        label={say("approvers")}
        placeholder={say("everyMember")}
        data={(["owner", "admin", "agent"] as const).map(role => ({ value: role, label: say(`role_${role}`) }))}
        value={value.role ?? null}
        clearable
        readOnly={field.locked}
        error={field.error}
        onChange={role => put(role, members)}
      />
      <TagsInput
        label={say("approverMembers")}
        description={say("approverMembersHint")}
        value={[...members]}
        readOnly={field.locked}
        acceptValueOnBlur
        onChange={named => put(value.role, named)}
      />
    </Stack>
  );
}

/** What steps with an action of their own have: where the result is stored, what is said of an outcome. */
export function OutcomeFields() {
  const say = useTexts(fieldTexts);
  return (
    <>
      <PairsField
        name="messages"
        label={say("messages")}
        hint={say("messagesHint")}
        nameLabel={say("outcome")}
        valueLabel={say("text")}
        offered={["success", "error", "timeout", "404", "4xx", "5xx"]}
        spoken
      />
      <SwitchField name="speak" label={say("speak")} hint={say("speakHint")} />
    </>
  );
}

export function ResponseVariableField() {
  const say = useTexts(fieldTexts);
  return (
    <PlainField name="response_variable" label={say("responseVariable")} hint={say("responseVariableHint")} mono />
  );
}
