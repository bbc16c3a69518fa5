import { Radio, Stack } from "@mantine/core";
import { type Role, useMe } from "../../app/session";
import { shell } from "../../app/texts";
import { useTexts } from "../../i18n/language";

/** From the one that may least to the one that may all. */
export const ROLES: readonly Role[] = ["agent", "admin", "owner"];

interface Props {
  readonly label: string;
  readonly value: Role;
  readonly choose: (role: Role) => void;
  /** What each may do. */
  readonly may: Readonly<Record<Role, string>>;
}

/** A choice of a role with what it may; only owners can choose the owner's. */
export function RoleChoice({ label, value, choose, may }: Props) {
  const say = useTexts(shell);
  const me = useMe();
  return (
    <Radio.Group label={label} value={value} onChange={role => choose(role as Role)}>
      <Stack gap={8} mt={6}>
        {ROLES.map(role => (
          <Radio
            key={role}
            value={role}
            label={say(role)}
            description={may[role]}
            disabled={role === "owner" && me.role !== "owner"}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
