import qrcode from 'qrcode-generator';

const kVersionMax = 15;
const kQuiet = 4;

export interface QrPath {
  /** Modules on a side, the quiet zone included. */
  size: number;
  version: number;
  d: string;
}

/** The dark modules of a QR code as one SVG path: a rectangle for every run in a row. */
export function qrPath(text: string, mode: 'Alphanumeric' | 'Byte' = 'Alphanumeric'): QrPath {
  const code = qrcode(0, 'M');
  code.addData(text, mode);
  code.make();
  const count = code.getModuleCount();
  const version = (count - 17) / 4;
  if (version > kVersionMax) throw new Error('the code does not fit its symbol');
  let d = '';
  for (let row = 0; row < count; row++) {
    for (let start = 0; start < count; start++) {
      if (!code.isDark(row, start)) continue;
      let end = start;
      while (end < count && code.isDark(row, end)) end++;
      d += `M${start + kQuiet} ${row + kQuiet}h${end - start}v1h${start - end}z`;
      start = end;
    }
  }
  return { size: count + 2 * kQuiet, version, d };
}
