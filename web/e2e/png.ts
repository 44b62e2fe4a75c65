import { crc32, deflateSync } from "node:zlib";

type Colour = [number, number, number];

/** A PNG of one colour. */
export const png = (width: number, height: number, colour: Colour): Buffer => drawn(width, height, () => colour);

/** Its left half is red, its right half blue. */
export const halves = (width: number, height: number): Buffer =>
  drawn(width, height, (x) => (x < width / 2 ? [200, 30, 30] : [30, 30, 200]));

function drawn(width: number, height: number, colourAt: (x: number) => Colour): Buffer {
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
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, (_, x) => Buffer.from(colourAt(x)))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
