/** A run's own address leads to it in its conversation. */

import { Navigate, useParams } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { conversation } from "./texts";

export default function OfRun() {
  const { id = "" } = useParams();
  const say = useTexts(conversation);
  const query = $api.useQuery("get", "/v1/runs/{id}", { params: { path: { id } } });
  return (
    <Page title={id} trail={[["/conversations", say("list")]]}>
      <Loaded query={query}>
        {run => <Navigate to={`/conversations/${run.conversation}?run=${run.id}`} replace />}
      </Loaded>
    </Page>
  );
}
