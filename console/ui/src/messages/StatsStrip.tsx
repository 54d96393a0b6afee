import React, { useEffect, useState } from 'react'
import { api, type Stats } from '../api'
import { useLanguage } from '../language'

const EVERY = 10_000
const SHOWN = ['received', 'processing', 'delivered', 'parked', 'refused', 'duplicates'] as const

/** The ledger in one line, refreshed while the list is looked at. */
export const StatsStrip: React.FunctionComponent<{ active: boolean }> = ({ active }) => {
  const { words, language } = useLanguage()
  const [stats, setStats] = useState<Stats | null>(null)

  useEffect(() => {
    if (!active) {
      return undefined
    }
    const ask = () => api.stats().then(setStats, () => setStats(null))
    void ask()
    const timer = window.setInterval(() => void ask(), EVERY)
    return () => window.clearInterval(timer)
  }, [active])

  return (
    <dl className="tongmai-stats">
      {SHOWN.map(name => (
        <div key={name} className={`tongmai-stat tongmai-stat-${name}`}>
          <dt>{words.stats[name]}</dt>
          <dd>{stats ? stats[name].toLocaleString(language === 'zh' ? 'zh-CN' : 'en') : '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
