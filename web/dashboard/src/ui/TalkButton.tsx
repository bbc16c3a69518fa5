import { Button, type ButtonProps } from "@mantine/core";
import { useTalkPage } from "../app/widget";

interface Props extends ButtonProps {
  /** The usual one where none is named. */
  readonly agent?: string;
}

/** Opens the page on which one talks with an agent as a customer, in a tab of its own. */
export function TalkButton({ agent, ...looks }: Props) {
  return <Button {...looks} component="a" href={useTalkPage(agent)} target="_blank" />;
}
