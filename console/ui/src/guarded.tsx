import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core'
import React from 'react'
import { LanguageProvider, useLanguage } from './language'
import './page.css'

/** A page that says so when it breaks, where React would show nothing at all; Hawtio around it stays. */
export function guarded(Page: React.ComponentType): React.ComponentType {
  const Guarded: React.FunctionComponent = () => (
    <Guard>
      <Page />
    </Guard>
  )
  return Guarded
}

/** React takes the failure of what it draws in a class only. */
class Guard extends React.Component<{ children: React.ReactNode }, { failure: Error | null }> {
  override state: { failure: Error | null } = { failure: null }

  static getDerivedStateFromError(failure: Error): { failure: Error } {
    return { failure }
  }

  override render(): React.ReactNode {
    const { failure } = this.state
    return failure === null ? (
      this.props.children
    ) : (
      <LanguageProvider>
        <Broken failure={failure} />
      </LanguageProvider>
    )
  }
}

const Broken: React.FunctionComponent<{ failure: Error }> = ({ failure }) => {
  const { words } = useLanguage()
  return (
    <div className="tongmai" data-testid="tongmai-broken">
      <EmptyState status="danger" headingLevel="h1" titleText={words.broken.title}>
        <EmptyStateBody>
          {words.broken.body}
          {/* The name alone: its text may quote what was shown. */}
          <p className="tongmai-quiet tongmai-small">{failure.name}</p>
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="primary" onClick={() => window.location.reload()}>
              {words.broken.reload}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </div>
  )
}
