// What people have on their telephones (RFC 6238: SHA-1, 6 digits, 30 seconds), and what its camera reads.
import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import jsqr from 'jsqr'

const STEP = 30
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytes(base32) {
  const bits = [...base32].map(letter => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => parseInt(byte, 2)))
}

/** @param steps 0 for now, -1 for the one before */
export function code(secret, steps = 0, now = Date.now()) {
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / STEP) + steps))
  const mac = createHmac('sha1', bytes(secret)).update(step).digest()
  const offset = mac[19] & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Waits until the codes of now stay those of now for a while. */
export async function atTheBeginningOfAStep() {
  while ((Date.now() / 1000) % STEP > STEP - 8) {
    await pause(200)
  }
}

/** The text of a QR code, read as a camera does. */
export function scan(pixels, size) {
  return jsqr(Uint8ClampedArray.from(pixels), size, size)?.data
}

/** The text of a QR code on a page. */
export async function scanned(svg) {
  const { pixels, size } = await svg.evaluate(async element => {
    const size = 400
    const copy = element.cloneNode(true)
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    copy.setAttribute('width', size)
    copy.setAttribute('height', size)
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = size
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0, size, size)
    return { pixels: [...context.getImageData(0, 0, size, size).data], size }
  })
  return scan(pixels, size)
}
