/** What tells a member who looks elsewhere that something waits: a sound, a notification of the system. Both are off. */

const KEPT = "deskhand.approvals.alerts";

export interface Alerts {
  readonly sound: boolean;
  readonly desktop: boolean;
}

const OFF: Alerts = { sound: false, desktop: false };

export function alerts(): Alerts {
  try {
    return { ...OFF, ...(JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Alerts>) };
  } catch {
    return OFF; // a browser that keeps nothing
  }
}

export function keepAlerts(wanted: Alerts): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(wanted));
  } catch {
    // a browser that keeps nothing: nothing is told then
  }
}

/** Ask the browser for leave to show notifications; gives whether it allows them. */
export async function mayNotify(): Promise<boolean> {
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}

/** Tell once, in every way that the member wants. */
export function tell(title: string, text: string, open: () => void): void {
  const wanted = alerts();
  if (wanted.sound) chime();
  if (wanted.desktop && document.hidden && "Notification" in window && Notification.permission === "granted") {
    const shown = new Notification(title, { body: text, tag: KEPT, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  }
}

/** Two soft notes. */
function chime(): void {
  const audio = new AudioContext();
  for (const [at, pitch] of [
    [0, 660],
    [0.14, 880],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.12, audio.currentTime + at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.32);
  }
  setTimeout(() => void audio.close(), 800);
}
