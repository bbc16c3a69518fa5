/** The procedure editor: canvas, panels and YAML of one draft. */

import { useParams, useSearchParams } from "react-router";
import { ErrorNote } from "../ui/ErrorNote";
import { Loaded } from "../ui/Loaded";
import { Waiting } from "../ui/Waiting";
import { Editor } from "./frame/Editor";
import { useOpening } from "./opening";

export default function EditorScreen() {
  const { slug = "" } = useParams();
  const [search] = useSearchParams();
  const number = Number(search.get("version"));
  const version = Number.isInteger(number) && number > 0 ? number : null;
  const run = search.get("run");
  const query = useOpening({ slug, version, run });
  if (query.error && !query.data) return <ErrorNote error={query.error} retry={() => void query.refetch()} page />;
  return (
    <Loaded query={query} waiting={<Waiting page rows={10} />}>
      {open => <Editor key={`${open.opened.slug} ${version} ${run} ${query.dataUpdatedAt}`} open={open} />}
    </Loaded>
  );
}
