/** Reading CSV as spreadsheets write it, and making contacts of it. */

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** The table of a file; null where it has no header. Quotes, separators and line breaks in cells are understood. */
export function readTable(text: string): Table | null {
  const plain = text.replace(/^\ufeff/, "");
  const first = plain.split(/\r?\n/, 1)[0] ?? "";
  const separator = SEPARATORS.reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  const [header, ...rows] = cells(plain, separator).filter(row => row.some(cell => cell.trim()));
  if (!header || header.some(name => !name.trim())) return null;
  return { header: header.map(name => name.trim()), rows };
}

function cells(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const end = () => {
    row.push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === separator) end();
    else if (sign === "\n") {
      end();
      rows.push(row);
      row = [];
    } else if (sign !== "\r") cell += sign;
  }
  end();
  return [...rows, row];
}

export const FIELDS = ["id", "first_name", "last_name", "email", "phone_number"] as const;
export type Field = (typeof FIELDS)[number];
/** What a column becomes: a field, an attribute of its name, everything in `attributes`, or nothing. */
export type Target = Field | "attribute" | "attributes" | "";

const ALIASES: Readonly<Record<string, Field>> = {
  id: "id",
  external_id: "id",
  customer_id: "id",
  kundennummer: "id",
  first_name: "first_name",
  firstname: "first_name",
  vorname: "first_name",
  last_name: "last_name",
  lastname: "last_name",
  surname: "last_name",
  nachname: "last_name",
  email: "email",
  e_mail: "email",
  mail: "email",
  phone: "phone_number",
  phone_number: "phone_number",
  telephone: "phone_number",
  telefon: "phone_number",
};

/** What each column probably is; a field is given once. */
export function guess(header: readonly string[]): readonly Target[] {
  const given = new Set<Target>();
  return header.map(name => {
    const plain = name.toLowerCase().replace(/[\s-]+/g, "_");
    const target: Target = plain === "attributes" ? "attributes" : (ALIASES[plain] ?? "attribute");
    if (target === "attribute" || !given.has(target)) {
      given.add(target);
      return target;
    }
    return "attribute";
  });
}

export type NewContact = Readonly<Record<string, unknown>>;

/** Rows as contacts; empty cells are left out, so that they erase nothing. */
export function contactsOf({ header, rows }: Table, targets: readonly Target[]): readonly NewContact[] {
  return rows.map(row => {
    const contact: Record<string, unknown> = {};
    const attributes: Record<string, unknown> = {};
    header.forEach((name, at) => {
      const cell = row[at]?.trim() ?? "";
      const target = targets[at] ?? "";
      if (!cell || !target) return;
      if (target === "attribute") attributes[name] = readValue(cell);
      else if (target === "attributes") Object.assign(attributes, objectOf(cell));
      else contact[target] = cell;
    });
    return Object.keys(attributes).length ? { ...contact, attributes } : contact;
  });
}

/** `true`, `12` and JSON as such, but no number that would be written another way; all else is text. */
export function readValue(cell: string): unknown {
  if (!/^(true|false|null|-?\d|[[{])/.test(cell)) return cell;
  try {
    const value: unknown = JSON.parse(cell);
    return typeof value === "number" && String(value) !== cell ? cell : value;
  } catch {
    return cell;
  }
}

function objectOf(cell: string): object {
  const value = readValue(cell);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : { attributes: value };
}
