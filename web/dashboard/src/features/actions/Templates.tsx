import type { ActionTemplateShown, UsedTemplate } from "@deskhand/contract";
import { Alert, Badge, Button, Card, Group, List, Modal, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { ui } from "../../ui/texts";
import { ImportResult } from "./import/ImportResult";
import { actions } from "./texts";

/** Worked examples to begin with. */
export function Templates({ close }: { close: () => void }) {
  const say = useTexts(actions);
  const query = $api.useQuery("get", "/v1/action-templates");
  const [chosen, setChosen] = useState<ActionTemplateShown | null>(null);
  return (
    <Modal opened onClose={close} size="xl" title={<Text fw={650}>{say("templates")}</Text>}>
      {chosen ? (
        <Use template={chosen} back={() => setChosen(null)} />
      ) : (
        <Stack>
          <Text fz="sm" c="dimmed">
            {say("templatesText")}
          </Text>
          <Loaded query={query}>
            {({ items }) => (
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                {items.map(one => (
                  <Card key={one.name} withBorder padding="md">
                    <Stack gap="xs" h="100%" justify="space-between">
                      <div>
                        <Text fw={600} fz="sm">
                          {one.title}
                        </Text>
                        <Text fz="sm" c="dimmed">
                          {one.description}
                        </Text>
                      </div>
                      <Stack gap="xs">
                        <Group gap={6}>
                          <Badge variant="default">{say("templateActions", { count: one.actions.length })}</Badge>
                          {one.procedure && (
                            <Badge variant="default">{say("templateProcedure", { name: one.procedure.title })}</Badge>
                          )}
                        </Group>
                        <Group justify="flex-end">
                          <Button
                            size="xs"
                            variant="light"
                            onClick={() => setChosen(one)}
                            aria-label={say("useTemplateNamed", { name: one.title })}
                          >
                            {say("useTemplate")}
                          </Button>
                        </Group>
                      </Stack>
                    </Stack>
                  </Card>
                ))}
              </SimpleGrid>
            )}
          </Loaded>
        </Stack>
      )}
    </Modal>
  );
}

function Use({ template, back }: { template: ActionTemplateShown; back: () => void }) {
  const say = useTexts(actions);
  const shared = useTexts(ui);
  const queries = useQueryClient();
  const [base, setBase] = useState("");
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({});
  const using = $api.useMutation("post", "/v1/action-templates/{name}/use", {
    onSuccess: () =>
      void queries.invalidateQueries({ predicate: query => String(query.queryKey[1]).startsWith("/v1/") }),
  });
  if (using.data) return <Used used={using.data} template={template} />;
  const use = () =>
    using.mutate({
      params: { path: { name: template.name } },
      body: { base_url: base.trim() || null, agent: "default", fill_in: filled },
    });
  return (
    <Stack maw={560}>
      <Text fz="sm">{template.description}</Text>
      <TextInput
        label={say("baseUrl")}
        description={say("baseUrlHint")}
        placeholder={template.base_url}
        value={base}
        onChange={event => setBase(event.currentTarget.value)}
        data-autofocus
      />
      {Object.entries(template.fill_in).map(([name, about]) => (
        <TextInput
          key={name}
          label={name}
          description={about}
          value={filled[name] ?? ""}
          onChange={event => setFilled({ ...filled, [name]: event.currentTarget.value })}
          required
        />
      ))}
      {template.secrets.length > 0 && (
        <Text fz="sm" c="dimmed">
          {say("templateSecrets", { names: template.secrets.join(", ") })}
        </Text>
      )}
      {using.error && <ErrorNote error={using.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={back}>
          {shared("back")}
        </Button>
        <Button onClick={use} loading={using.isPending}>
          {say("useTemplate")}
        </Button>
      </Group>
    </Stack>
  );
}

function Used({ used, template }: { used: UsedTemplate; template: ActionTemplateShown }) {
  const say = useTexts(actions);
  return (
    <Stack>
      <Alert color="teal" title={say("used")} role="status">
        <List size="sm">
          <List.Item>{say("usedText")}</List.Item>
          {template.secrets.length > 0 && (
            <List.Item>{say("templateSecrets", { names: template.secrets.join(", ") })}</List.Item>
          )}
        </List>
      </Alert>
      <ImportResult result={used} />
      <Group gap="xs">
        {template.secrets.length > 0 && (
          <Button component={Link} to="/settings/secrets" size="xs">
            {say("openSecrets")}
          </Button>
        )}
        {used.procedure && (
          <Button component={Link} to={`/procedures/${used.procedure}`} size="xs" variant="default">
            {say("openProcedure")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
