// <shop-size-picker>: from the length of a foot to a size. The page has it, and Deskhand's chat shows it.
//
// In: the properties `sizes` (numbers) and `label`. Out: the event `result`, with `{ size, foot }` as its detail.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; font: inherit; color: inherit; }
  fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
  legend { padding: 0; font-weight: 600; }
  label, output { display: block; margin: .6rem 0 0; }
  input { width: 100%; accent-color: #1f8a6c; min-height: 1.5rem; }
  div { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .6rem; }
  button {
    font: inherit; min-width: 2.75rem; min-height: 2.75rem; padding: 0 .6rem; cursor: pointer;
    color: inherit; background: transparent; border: 1px solid currentColor; border-radius: .6rem;
  }
  button[aria-describedby] { outline: 2px solid #1f8a6c; outline-offset: 1px; font-weight: 700; }
  p { margin: .5rem 0 0; }
`);

const SHORTEST = 22;
const LONGEST = 28;

/** The smallest size that a foot of so many centimetres fits into, of those that there are. */
const fitting = (sizes, foot) => sizes.find(size => size >= Math.round((foot + 1.5) * 1.5)) ?? sizes.at(-1);

class SizePicker extends HTMLElement {
  #sizes = [];
  #label = "Size";
  #foot = 25;

  get sizes() {
    return this.#sizes;
  }

  set sizes(sizes) {
    this.#sizes = Array.isArray(sizes) ? sizes.map(Number).filter(Number.isFinite).sort((a, b) => a - b) : [];
    this.#draw();
  }

  get label() {
    return this.#label;
  }

  set label(label) {
    this.#label = String(label);
    this.#draw();
  }

  connectedCallback() {
    this.#draw();
  }

  #draw() {
    if (!this.isConnected) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const field = make("fieldset");
    const range = make("input", { type: "range", min: SHORTEST, max: LONGEST, step: 0.5, value: this.#foot });
    const said = make("output");
    const hint = make("p", { id: "hint", role: "status" });
    const buttons = this.#sizes.map(size => make("button", { type: "button", onclick: () => this.#pick(size) }, String(size)));
    const suggest = () => {
      this.#foot = Number(range.value);
      said.textContent = `${this.#foot} cm`;
      const size = fitting(this.#sizes, this.#foot);
      hint.textContent = size ? `We suggest ${size}.` : "";
      for (const button of buttons) {
        if (button.textContent === String(size)) button.setAttribute("aria-describedby", "hint");
        else button.removeAttribute("aria-describedby");
      }
    };
    range.oninput = suggest;
    const label = make("label", {}, "Length of your foot", range);
    field.append(make("legend", {}, this.#label), label, said, make("div", {}, ...buttons), hint);
    root.replaceChildren(field);
    suggest();
  }

  #pick(size) {
    this.dispatchEvent(new CustomEvent("result", { detail: { size, foot: this.#foot } }));
  }
}

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

customElements.define("shop-size-picker", SizePicker);
