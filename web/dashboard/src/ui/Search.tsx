import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTyped } from "./typed";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Called a moment after the last key. */
  readonly change: (value: string) => void;
}

/** A field that searches while it is typed in. */
export function Search({ label, value, change }: Props) {
  const [typed, type] = useTyped(value, change);
  return (
    <TextInput
      type="search"
      w={{ base: "100%", sm: 300 }}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={16} />}
      value={typed}
      onChange={event => type(event.currentTarget.value)}
    />
  );
}
