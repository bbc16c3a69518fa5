// Telling that something came while nobody looked: a number, the page's title, a sound where that was wished for.

import { doc } from "./dom";

/** A short tone, made on the spot. */
export function ring(): void {
  try {
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio, { frequency: 660 });
    tone.connect(new GainNode(audio, { gain: 0.1 })).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.15);
    tone.onended = () => audio.close();
  } catch {
    // no sound here
  }
}

/** Puts a number before the page's title, and takes it away again unless the page has another title by then. */
export function createTitle(): (count: number) => void {
  let own = "";
  let ours: string | undefined;
  return count => {
    if (doc.title !== ours) own = doc.title;
    ours = count ? `(${count}) ${own}` : own;
    if (doc.title !== ours) doc.title = ours;
  };
}
