import { crc32, deflateSync } from "node:zlib";

type Colour = [number, number, number];

/** A PNG of one colour. */
export const png = (width: number, height: number, colour: Colour): Buffer => drawn(width, height, () => colour);

/** Its left half is red, its right half blue. */
export const halves = (width: number, height: number): Buffer =>
  drawn(width, height, (x) => (x < width / 2 ? [200, 30, 30] : [30, 30, 200]));

/** Something of as many bytes as a photograph: light and dark, with grain. */
export function photo(width: number, height: number, seed: number): Buffer {
  let grain = seed;
  return drawn(width, height, (x, y) => {
    grain = (Math.imul(grain, 1_103_515_245) + 12_345) & 0x7fffffff;
    const light = 120 + 60 * Math.sin(x / (90 + seed)) * Math.cos(y / 70) + 20 * Math.sin((x + y) / 9) + ((grain >> 16) % 24);
    return [light, light * 0.9, light * 0.7].map((part) => Math.max(0, Math.min(255, Math.round(part)))) as Colour;
  });
}

function drawn(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const whole = Buffer.alloc(named.length + 8);
    whole.writeUInt32BE(data.length);
    named.copy(whole, 4);
    whole.writeUInt32BE(crc32(named), whole.length - 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  // Each row begins with the filter that it has: none.
  const length = 1 + 3 * width;
  const rows = Buffer.alloc(height * length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows.set(colourAt(x, y), y * length + 1 + 3 * x);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
