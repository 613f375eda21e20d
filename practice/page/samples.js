// Small sounds and pictures made on the spot, so that nothing has to be brought along.
export function sound() {
  const rate = 8000, seconds = 2, count = rate * seconds;
  const view = new DataView(new ArrayBuffer(44 + count));
  const put = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  put(0, "RIFF"); view.setUint32(4, 36 + count, true); put(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate, true); view.setUint16(32, 1, true); view.setUint16(34, 8, true);
  put(36, "data"); view.setUint32(40, count, true);
  for (let index = 0; index < count; index++) {
    const time = index / rate;
    const tone = Math.sin(2 * Math.PI * (220 + 60 * Math.sin(time * 5)) * time) * Math.exp(-((time % 0.5) * 5));
    view.setUint8(44 + index, 128 + Math.round(tone * 40));
  }
  return new Blob([view], { type: "audio/ogg" });
}

export function photo(words) {
  return drawn(360, 240, "image/jpeg", (pen) => {
    const sky = pen.createLinearGradient(0, 0, 0, 240);
    sky.addColorStop(0, "#8fc1e3"); sky.addColorStop(1, "#f3e3c3");
    pen.fillStyle = sky; pen.fillRect(0, 0, 360, 240);
    pen.fillStyle = "#6f8f6a"; pen.beginPath(); pen.ellipse(180, 250, 260, 80, 0, 0, 7); pen.fill();
    pen.fillStyle = "#fff"; pen.font = "16px sans-serif"; pen.fillText(words, 14, 226);
  });
}

export function sticker() {
  return drawn(256, 256, "image/webp", (pen) => {
    pen.fillStyle = "#ffd766"; pen.beginPath(); pen.arc(128, 128, 110, 0, 7); pen.fill();
    pen.fillStyle = "#5a4300";
    for (const x of [92, 164]) { pen.beginPath(); pen.arc(x, 104, 12, 0, 7); pen.fill(); }
    pen.lineWidth = 11; pen.lineCap = "round"; pen.strokeStyle = "#5a4300";
    pen.beginPath(); pen.arc(128, 132, 56, 0.25 * Math.PI, 0.75 * Math.PI); pen.stroke();
  });
}

function drawn(width, height, kind, draw) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  draw(canvas.getContext("2d"));
  return new Promise((done) => canvas.toBlob(done, kind, 0.85));
}
