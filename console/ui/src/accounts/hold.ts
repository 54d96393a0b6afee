import { userService } from '@hawtio/react'

let isHeld = false
let isHooked = false

const ask = (event: BeforeUnloadEvent) => event.preventDefault()

/**
 * Keeps what is shown on the screen although every session of the account has ended: recovery codes are told once, and the
 * next time Hawtio asks its server for figures it would lead to the login.
 */
export function hold(): void {
  isHeld = true
  window.addEventListener('beforeunload', ask)
  if (!isHooked) {
    isHooked = true
    userService.addLogoutHook('form', async () => {
      if (!isHeld) {
        window.location.href = 'auth/logout' // as Hawtio does without a hook
      }
      return !isHeld
    })
  }
}

export function release(): void {
  isHeld = false
  window.removeEventListener('beforeunload', ask)
}
