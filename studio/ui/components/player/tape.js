// A tape: records the microphone without loss and gives a WAV file.

const FULL = 0x7fff;

export class Tape {
  static LONGEST_SECONDS = 8 * 60;

  /** Ask for the microphone and begin; `tell(seconds, level)` is called ten times a second. */
  static async start(tell) {
    const stream = await navigator.mediaDevices.getUserMedia({
      // A voice for a phone is not a voice for a song.
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const context = new AudioContext();
    await context.audioWorklet.addModule(new URL("./head.js", import.meta.url));
    return new Tape(stream, context, tell);
  }

  constructor(stream, context, tell) {
    Object.assign(this, { stream, context });
    this.pieces = [];
    this.frames = 0;
    this.head = new AudioWorkletNode(context, "head", { numberOfOutputs: 0 });
    this.head.port.onmessage = ({ data }) => {
      this.pieces.push(inSixteenBits(data));
      this.frames += data.length;
      tell(this.frames / context.sampleRate, Math.min(1, 2 * loudest(data)));
    };
    context.createMediaStreamSource(stream).connect(this.head);
  }

  /** Stop, and give what was recorded. */
  end() {
    this.head.port.onmessage = null;
    for (const track of this.stream.getTracks()) track.stop();
    const { sampleRate } = this.context;
    this.context.close();
    return new Blob([head(this.frames, sampleRate), ...this.pieces], { type: "audio/wav" });
  }
}

const loudest = (samples) => samples.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
const inSixteenBits = (samples) => Int16Array.from(samples, (value) => Math.max(-1, Math.min(1, value)) * FULL);

/** The first 44 bytes of a WAV file: one channel of 16 bits. */
function head(frames, rate) {
  const view = new DataView(new ArrayBuffer(44));
  const word = (at, text) => [...text].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
  const bytes = 2 * frames;
  word(0, "RIFF");
  view.setUint32(4, 36 + bytes, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, bytes, true);
  return view.buffer;
}
