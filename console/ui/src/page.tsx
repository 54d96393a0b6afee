import {
  Alert,
  Bullseye,
  Button,
  Content,
  Flex,
  FlexItem,
  PageSection,
  Spinner,
  Tab,
  Tabs,
  TabTitleText,
  Title,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { api, Refusal, type Session } from './api'
import { useLanguage } from './language'
import './page.css'
import type { Words } from './words'

/** What every page begins with: what it is called, what it is for, and the switch of languages. */
export const PageHeading: React.FunctionComponent<{ title: string; subtitle: string }> = ({ title, subtitle }) => (
  <PageSection hasBodyWrapper={false} className="tongmai-heading">
    <Flex
      justifyContent={{ default: 'justifyContentSpaceBetween' }}
      alignItems={{ default: 'alignItemsFlexStart' }}
      flexWrap={{ default: 'nowrap' }}
    >
      <FlexItem>
        <Title headingLevel="h1">{title}</Title>
        <Content component="p" className="tongmai-quiet">
          {subtitle}
        </Content>
      </FlexItem>
      <FlexItem flex={{ default: 'flexNone' }}>
        <LanguageSwitch />
      </FlexItem>
    </Flex>
  </PageSection>
)

const LanguageSwitch: React.FunctionComponent = () => {
  const { language, speak, words } = useLanguage()
  return (
    <ToggleGroup aria-label={words.languageLabel} isCompact>
      <ToggleGroupItem
        text={words.chineseName}
        buttonId="tongmai-zh"
        isSelected={language === 'zh'}
        onChange={() => speak('zh')}
      />
      <ToggleGroupItem
        text={words.englishName}
        buttonId="tongmai-en"
        isSelected={language === 'en'}
        onChange={() => speak('en')}
      />
    </ToggleGroup>
  )
}

interface SessionPageProps {
  testId: string
  title: string
  subtitle: string
  children: (session: Session) => React.ReactNode
}

/** A page that shows what the logged in may see. */
export const SessionPage: React.FunctionComponent<SessionPageProps> = ({ testId, title, subtitle, children }) => {
  const [session, setSession] = useState<Session | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const look = () => {
    setFailure(null)
    api.session().then(setSession, setFailure)
  }
  useEffect(look, [])
  return (
    <div className="tongmai" data-testid={testId}>
      <PageHeading title={title} subtitle={subtitle} />
      <PageSection hasBodyWrapper={false}>
        {failure && <Failure failure={failure} retry={look} />}
        {!failure && !session && <Loading />}
        {session && children(session)}
      </PageSection>
    </div>
  )
}

interface TabbedProps<T extends string> {
  id: string
  label: string
  tabs: readonly T[]
  titles: Record<T, string>
  active: T
  open: (tab: T) => void
  children: React.ReactNode
}

/** Parts of a page as tabs, of which one is shown. */
export function Tabbed<T extends string>({ id, label, tabs, titles, active, open, children }: TabbedProps<T>): React.ReactElement {
  return (
    <>
      <Tabs activeKey={active} onSelect={(_, next) => open(next as T)} aria-label={label}>
        {tabs.map(each => (
          <Tab key={each} eventKey={each} tabContentId={id} title={<TabTitleText>{titles[each]}</TabTitleText>} />
        ))}
      </Tabs>
      <div id={id} role="tabpanel" aria-label={titles[active]} className="tongmai-stack">
        {children}
      </div>
    </>
  )
}

export const Loading: React.FunctionComponent = () => {
  const { words } = useLanguage()
  return (
    <Bullseye className="tongmai-loading">
      <Spinner size="lg" aria-label={words.loading} />
    </Bullseye>
  )
}

/** A failure in the words of the page; of a refusal that has none there, the server's. */
export function saidOf(failure: Error, words: Words): string {
  if (failure instanceof Refusal) {
    return words.gateways.code[failure.code] ?? words.accounts.code[failure.code] ?? words.audit.code[failure.code] ?? failure.message
  }
  return words.noAnswer[failure.name] ?? failure.message
}

export const Failure: React.FunctionComponent<{ failure: Error; retry: () => void }> = ({ failure, retry }) => {
  const { words } = useLanguage()
  const code = failure instanceof Refusal ? failure.code : ''
  return (
    <Alert
      variant="danger"
      isInline
      title={words.failed}
      actionLinks={
        <Button variant="link" isInline onClick={retry}>
          {words.retry}
        </Button>
      }
    >
      {code} {saidOf(failure, words)}
    </Alert>
  )
}

/** Names and values; those without a value are left out. */
export const Facts: React.FunctionComponent<{ facts: [string, React.ReactNode][] }> = ({ facts }) => (
  <dl className="tongmai-facts">
    {facts
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)
