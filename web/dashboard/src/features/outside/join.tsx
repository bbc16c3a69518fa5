/** Accepting an invitation: with a new account, or with the password of the one that there is. */

import type { Offered } from "@deskhand/contract";
import { Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
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

export default function Join() {
  const say = useTexts(outside);
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const offer = $api.useQuery("get", "/v1/join/{token}", { params: { path: { token } } }, { retry: false });
  if (offer.data) {
    const { workspace, invited_by: by, role } = offer.data;
    return (
      <Outside title={say("join", { workspace })} lead={say("invitedAs", { by, workspace, role: say(role) })}>
        <Form token={token} offer={offer.data} />
      </Outside>
    );
  }
  if (offer.error) {
    return (
      <Outside title={say("lost")}>
        <Refused error={offer.error} notIn={say("invitationOver")} />
        <Anchor component={Link} to="/sign-in" fz="sm">
          {say("haveAccount")}
        </Anchor>
      </Outside>
    );
  }
  return (
    <Outside title={say("loading")}>
      <Waiting rows={3} />
    </Outside>
  );
}

function Form({ token, offer }: { token: string; offer: Offered }) {
  const say = useTexts(outside);
  const enter = useEnter();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const joining = $api.useMutation("post", "/v1/join/{token}", { onSuccess: me => enter(me) });
  const join = (event: FormEvent) => {
    event.preventDefault();
    joining.mutate({ params: { path: { token } }, body: { name: name.trim() || null, password } });
  };
  return (
    <form onSubmit={join} noValidate>
      <Stack>
        <TextInput label={say("as")} value={offer.email} autoComplete="username" readOnly variant="filled" />
        {offer.known ? (
          <PasswordInput
            label={say("password")}
            description={say("known")}
            autoComplete="current-password"
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": say("show") }}
            autoFocus
          />
        ) : (
          <>
            <TextInput
              label={say("name")}
              description={say("nameHint")}
              autoComplete="name"
              maxLength={100}
              value={name}
              onChange={event => setName(event.currentTarget.value)}
              autoFocus
            />
            <NewPassword label={say("password")} value={password} set={setPassword} />
          </>
        )}
        {joining.error && <Refused error={joining.error} notIn={say("invitationOver")} />}
        <Button
          type="submit"
          fullWidth
          loading={joining.isPending}
          disabled={!password || !(offer.known || name.trim())}
        >
          {say("joinNow")}
        </Button>
      </Stack>
    </form>
  );
}
