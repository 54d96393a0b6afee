/** Draws the secret of the page /own/second-factor, which works without it, as a QR code. */
import { picture } from '../qr'

const SVG = 'http://www.w3.org/2000/svg'

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, name)
  Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value))
  return made
}

const link = document.getElementById('uri')
const place = document.getElementById('qr')
if (link instanceof HTMLAnchorElement && place) {
  const { size, path } = picture(link.getAttribute('href') ?? '')
  const svg = element('svg', { viewBox: `0 0 ${size} ${size}`, 'shape-rendering': 'crispEdges', role: 'img' })
  svg.setAttribute('aria-label', 'QR')
  svg.append(element('rect', { width: `${size}`, height: `${size}`, fill: '#fff' }), element('path', { d: path, fill: '#000' }))
  place.append(svg)
  place.hidden = false
}
