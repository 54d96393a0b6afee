/** A verification of the audit log, part by part, without React: it goes on while another page is looked at. */
import type { Chain, Finding, Span, Verdict } from './api'

/** IDLE: none was begun. WAITS: others are reading, it is tried again. STOPPED: by whoever looks. */
export type Stage = 'IDLE' | 'RUNS' | 'WAITS' | 'DONE' | 'STOPPED' | 'FAILED'

export interface Progress {
  stage: Stage
  span: Span
  blocks: number
  records: number
  checkpoints: number
  chains: Chain[]
  findings: Finding[]
  /** {@code node/day/block}: where the next part begins. */
  next: string
  failure: Error | null
}

const EVERYTHING: Span = { node: '', from: '', to: '' }
const BEGIN: Progress = {
  stage: 'IDLE',
  span: EVERYTHING,
  blocks: 0,
  records: 0,
  checkpoints: 0,
  chains: [],
  findings: [],
  next: '',
  failure: null,
}
const MOST_FINDINGS = 500

interface Parts {
  ask: (span: Span, after: string, signal: AbortSignal) => Promise<Verdict>
  /** Whether a refusal only says that others are reading. */
  isBusy: (failure: unknown) => boolean
  /** Resolves when it may be tried again. */
  pause: () => Promise<void>
}

export class Verification {
  private now = BEGIN
  private aborter: AbortController | null = null
  private readonly listeners = new Set<() => void>()

  constructor(private readonly parts: Parts) {}

  readonly progress = (): Progress => this.now

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Begins a new one, unless one is under way. */
  async begin(span: Span): Promise<void> {
    if (this.aborter !== null) {
      return
    }
    const aborter = new AbortController()
    this.aborter = aborter
    this.tell({ ...BEGIN, stage: 'RUNS', span })
    try {
      do {
        await this.part(aborter.signal)
      } while (this.now.next !== '' && !aborter.signal.aborted)
      this.tell({ ...this.now, stage: aborter.signal.aborted ? 'STOPPED' : 'DONE' })
    } catch (failure) {
      const stopped = aborter.signal.aborted
      this.tell({ ...this.now, stage: stopped ? 'STOPPED' : 'FAILED', failure: stopped ? null : (failure as Error) })
    }
    this.aborter = null
  }

  stop(): void {
    this.aborter?.abort()
  }

  private async part(signal: AbortSignal): Promise<void> {
    const verdict = await this.answer(signal)
    this.tell({
      ...this.now,
      stage: 'RUNS',
      blocks: this.now.blocks + verdict.blocks,
      records: this.now.records + verdict.records,
      checkpoints: this.now.checkpoints + verdict.checkpoints,
      chains: [...this.now.chains, ...verdict.chains],
      findings: [...this.now.findings, ...verdict.findings].slice(0, MOST_FINDINGS),
      next: verdict.next,
    })
  }

  private async answer(signal: AbortSignal): Promise<Verdict> {
    for (;;) {
      try {
        return await this.parts.ask(this.now.span, this.now.next, signal)
      } catch (failure) {
        if (signal.aborted || !this.parts.isBusy(failure)) {
          throw failure
        }
        this.tell({ ...this.now, stage: 'WAITS' })
        await this.parts.pause()
        signal.throwIfAborted()
      }
    }
  }

  private tell(next: Progress): void {
    this.now = next
    this.listeners.forEach(listener => listener())
  }
}
