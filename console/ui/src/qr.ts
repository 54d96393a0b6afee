import qrcode from 'qrcode-generator'

/** Light modules around the dark ones: ISO/IEC 18004, 6.3.8. */
const QUIET = 4

/** A QR code as a picture of squares of one unit each. */
export interface Picture {
  /** Units from edge to edge, the quiet zone among them. */
  size: number
  /** Its dark parts, as the path of an SVG. */
  path: string
}

/** Made here, in the browser: what it holds is asked of nobody. */
export function picture(text: string): Picture {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  let path = ''
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) {
        path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`
      }
    }
  }
  return { size: count + 2 * QUIET, path }
}
