/** Choosing a new password, with the link that came by e-mail. */

import { Anchor, Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Waiting } from "../../ui/Waiting";
import { useEnter } from "./entering";
import { NewPassword } from "./NewPassword";
import { Outside } from "./Outside";
import { Refused } from "./Refused";
import { outside } from "./texts";

export default function Reset() {
  const say = useTexts(outside);
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const link = $api.useQuery("get", "/v1/password-resets/{token}", { params: { path: { token } } }, { retry: false });
  if (link.data) {
    return (
      <Outside title={say("choose")} lead={say("chooseText")}>
        <Form token={token} email={link.data.email} />
      </Outside>
    );
  }
  if (link.error) {
    return (
      <Outside title={say("resetOver")}>
        <Refused error={link.error} notIn={say("resetOverText")} />
        <Anchor component={Link} to="/forgot" fz="sm">
          {say("askAgain")}
        </Anchor>
      </Outside>
    );
  }
  return (
    <Outside title={say("choose")}>
      <Waiting rows={3} />
    </Outside>
  );
}

function Form({ token, email }: { token: string; email: string }) {
  const say = useTexts(outside);
  const enter = useEnter();
  const [password, setPassword] = useState("");
  const resetting = $api.useMutation("post", "/v1/password-resets/{token}", { onSuccess: me => enter(me) });
  const reset = (event: FormEvent) => {
    event.preventDefault();
    resetting.mutate({ params: { path: { token } }, body: { password } });
  };
  return (
    <form onSubmit={reset} noValidate>
      <Stack>
        <TextInput label={say("as")} value={email} autoComplete="username" readOnly variant="filled" />
        <NewPassword label={say("newPassword")} value={password} set={setPassword} />
        {resetting.error && <Refused error={resetting.error} notIn={say("resetOverText")} />}
        <Button type="submit" fullWidth loading={resetting.isPending} disabled={!password}>
          {say("saveAndSignIn")}
        </Button>
      </Stack>
    </form>
  );
}
