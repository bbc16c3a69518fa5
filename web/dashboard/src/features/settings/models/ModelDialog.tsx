import type { NewModel, ShownModel } from "@deskhand/contract";
import {
  Button,
  Collapse,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { models } from "./texts";

const PROVIDERS = ["openai", "anthropic", "gemini", "compatible"] as const;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface Props {
  /** Without it, a new one is made. */
  readonly of: ShownModel | undefined;
  readonly taken: readonly string[];
  readonly close: () => void;
}

export function ModelDialog({ of, taken, close }: Props) {
  const say = useTexts(models);
  const queries = useQueryClient();
  const [slug, setSlug] = useState(of?.slug ?? (taken.includes("default") ? "" : "default"));
  const [key, setKey] = useState("");
  const [model, setModel] = useState<NewModel>(() => begun(of));
  const set = (change: Partial<NewModel>) => setModel(before => ({ ...before, ...change }));
  const saving = $api.useMutation("put", "/v1/models/{slug}", {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["get", "/v1/models"] });
      close();
    },
  });
  const fits = SLUG.test(slug) && slug !== "offline" && (of !== undefined || !taken.includes(slug));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits) saving.mutate({ params: { path: { slug } }, body: { ...model, key: key || null } });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={<Text fw={650}>{of ? say("edit", { name: of.slug }) : say("add")}</Text>}
    >
      <form onSubmit={submit}>
        <Stack>
          {!of && (
            <TextInput
              label={say("slug")}
              description={say("slugHint")}
              value={slug}
              onChange={event => setSlug(event.currentTarget.value)}
              error={slug && !fits ? say("slugWrong") : null}
              required
              withAsterisk={false}
            />
          )}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect
              label={say("provider")}
              value={model.provider}
              onChange={event => set({ provider: event.currentTarget.value as NewModel["provider"] })}
              data={PROVIDERS.map(value => ({ value, label: say(value) }))}
            />
            <TextInput
              label={say("model")}
              value={model.model}
              onChange={event => set({ model: event.currentTarget.value })}
              placeholder={say("modelHint")}
              required
              withAsterisk={false}
            />
          </SimpleGrid>
          {model.provider === "compatible" && (
            <TextInput
              label={say("address")}
              description={say("addressHint")}
              value={model.base_url ?? ""}
              onChange={event => set({ base_url: event.currentTarget.value || null })}
              required
              withAsterisk={false}
            />
          )}
          <PasswordInput
            label={say("key")}
            description={say(of?.secret ? "keyKept" : "keyHint")}
            placeholder={of?.key ?? ""}
            value={key}
            onChange={event => setKey(event.currentTarget.value)}
            autoComplete="off"
          />
          <Bounds model={model} set={set} />
          {saving.error && <ErrorNote error={saving.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {say("cancel")}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!fits || !model.model.trim()}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface BoundsProps {
  readonly model: NewModel;
  readonly set: (change: Partial<NewModel>) => void;
}

type Bound =
  | "price_input"
  | "price_output"
  | "limit_day"
  | "limit_conversation"
  | "tokens_day"
  | "tokens_conversation"
  | "requests_per_minute"
  | "temperature";

function Bounds({ model, set }: BoundsProps) {
  const say = useTexts(models);
  const [open, { toggle }] = useDisclosure(false);
  const field = (name: Bound, label: string, whole = false) => (
    <NumberInput
      label={label}
      value={model[name] ?? ""}
      onChange={value => set({ [name]: typeof value === "number" ? value : null })}
      min={0}
      allowDecimal={!whole}
    />
  );
  return (
    <>
      <div>
        <Text fz="sm" fw={500}>
          {say("prices")}
        </Text>
        <Text fz="xs" c="dimmed" mb={4}>
          {say("pricesHint")}
        </Text>
        <SimpleGrid cols={2}>
          {field("price_input", say("priceIn"))}
          {field("price_output", say("priceOut"))}
        </SimpleGrid>
      </div>
      <div>
        <Text fz="sm" fw={500}>
          {say("limits")}
        </Text>
        <Text fz="xs" c="dimmed" mb={4}>
          {say("limitsHint")}
        </Text>
        <SimpleGrid cols={2}>
          {field("limit_day", say("limitDay"))}
          {field("limit_conversation", say("limitConversation"))}
          {field("tokens_day", say("tokensDay"), true)}
          {field("tokens_conversation", say("tokensConversation"), true)}
        </SimpleGrid>
      </div>
      <div>
        <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={open}>
          {say(open ? "less" : "more")}
        </Button>
      </div>
      <Collapse expanded={open}>
        <Stack>
          <SimpleGrid cols={2}>
            {field("requests_per_minute", say("perMinute"), true)}
            {field("temperature", say("temperature"))}
            <NumberInput
              label={say("timeout")}
              value={model.timeout_seconds}
              onChange={value => typeof value === "number" && set({ timeout_seconds: value })}
              min={1}
              max={120}
            />
            <TextInput
              label={say("embeddings")}
              value={model.embeddings_model ?? ""}
              onChange={event => set({ embeddings_model: event.currentTarget.value || null })}
            />
          </SimpleGrid>
          <Switch
            label={say("onlyEmbeddings")}
            checked={model.only_embeddings}
            onChange={event => set({ only_embeddings: event.currentTarget.checked })}
          />
        </Stack>
      </Collapse>
    </>
  );
}

function begun(of: ShownModel | undefined): NewModel {
  if (!of) return { provider: "openai", model: "", timeout_seconds: 20, only_embeddings: false };
  const { slug: _, address: __, key: ___, ...stored } = of;
  return stored;
}
