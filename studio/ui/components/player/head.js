// The recording head: runs beside the page and passes on a tenth of a second at a time.

const TENTH = Math.round(sampleRate / 10);

class Head extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Float32Array(TENTH);
    this.filled = 0;
  }

  process([input]) {
    for (const value of input[0] ?? []) {
      this.piece[this.filled] = value;
      this.filled += 1;
      if (this.filled === TENTH) {
        this.port.postMessage(this.piece.slice());
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("head", Head);
