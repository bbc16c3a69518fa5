import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { NewPassword } from "../outside/NewPassword";
import { Refused } from "../outside/Refused";
import { outside } from "../outside/texts";
import { profile } from "./texts";

/** Another password, which takes the current one. */
export function PasswordForm({ email }: { email: string }) {
  const say = useTexts(profile);
  const shared = useTexts(outside);
  const queries = useQueryClient();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const changing = $api.useMutation("patch", "/v1/me", {
    onSuccess: () => {
      setCurrent("");
      setFresh("");
      void queries.invalidateQueries({ queryKey: ["get", "/v1/me/sessions"] });
    },
  });
  const change = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate({ body: { password: { current, new: fresh } } });
  };
  return (
    <form onSubmit={change}>
      <Stack maw={420}>
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={say("current")}
          autoComplete="current-password"
          value={current}
          onChange={event => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": shared("show") }}
        />
        <NewPassword label={say("fresh")} value={fresh} set={setFresh} />
        {changing.error && <Refused error={changing.error} notIn="" wrong={say("wrong")} />}
        <Text role="status" fz="sm">
          {changing.isSuccess && !fresh && say("changed")}
        </Text>
        <Button type="submit" loading={changing.isPending} disabled={!current || !fresh} style={{ alignSelf: "start" }}>
          {say("change")}
        </Button>
      </Stack>
    </form>
  );
}
