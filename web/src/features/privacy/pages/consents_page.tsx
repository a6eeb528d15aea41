import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentList } from '../../../shared/api/types';
import { MessageIcon, PageIcon } from '../../../shared/ui/icons';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { Told } from '../../../shared/ui/told';
import { useConsents } from '../api/consents';
import { Acceptances, EndedConsents } from '../components/ended_consents';
import { OwnConsentCard, PartyConsentCard } from '../components/live_consents';
import '../components/consents.css';

interface ConsentsPageProps {
  /** Official services that told us about the person: the identity room's part. */
  sources: ReactNode;
}

/** Everything a person has agreed to, in one place, each with its way out. */
export function ConsentsPage({ sources }: ConsentsPageProps) {
  const { t } = useTranslation();
  const consents = useConsents();
  return (
    <Screen back="/profile" header={t('common.back')}>
      <div className="screen__head">
        <PageTitle>{t('myConsents.title')}</PageTitle>
        <p className="screen__lead">{t('myConsents.lead')}</p>
      </div>
      <Told />
      <Loaded query={consents} blocks={[180, 180]}>
        {(list) => <Lists list={list} sources={sources} />}
      </Loaded>
    </Screen>
  );
}

function Lists({ list, sources }: ConsentsPageProps & { list: ConsentList }) {
  const { t } = useTranslation();
  const own = list.consents.filter(({ state }) => state === 'granted');
  const parties = list.parties.filter(({ state }) => state === 'granted');
  const topics = list.consents.filter(
    ({ purpose, state }) => state !== 'granted' && purpose.startsWith('informing_'),
  );
  return (
    <div className="stack-l">
      <section className="stack-s">
        <h2>{t('myConsents.live')}</h2>
        <ul className="consent-cards">
          {own.map((one) => (
            <OwnConsentCard key={one.purpose} consent={one} />
          ))}
        </ul>
      </section>
      <section className="stack-s">
        <h2>{t('myConsents.parties')}</h2>
        <p className="soft">{t(parties.length > 0 ? 'myConsents.partiesNote' : 'myConsents.noParties')}</p>
        <ul className="consent-cards">
          {parties.map((one) => (
            <PartyConsentCard key={one.client_id} consent={one} />
          ))}
        </ul>
      </section>
      {topics.length > 0 && (
        <section className="stack-s">
          <h2>{t('myConsents.informing')}</h2>
          <p className="soft">{t('myConsents.informingNote')}</p>
          <Rows>
            {topics.map(({ purpose }) => (
              <RowLink
                key={purpose}
                to={`/consents/give/${purpose}`}
                icon={<MessageIcon />}
                title={t(`consents.purpose.${purpose}`)}
                note={t(`myConsents.what.${purpose}`)}
              />
            ))}
          </Rows>
        </section>
      )}
      <section className="stack-s">
        <h2>{t('myConsents.sources')}</h2>
        <p>{t('myConsents.sourcesNote')}</p>
        {sources}
      </section>
      <EndedConsents list={list} />
      <section className="stack-s">
        <h2>{t('myConsents.agreements')}</h2>
        <Acceptances acceptances={list.acceptances} />
        <Rows>
          <RowLink
            to="/contractors"
            icon={<PageIcon />}
            title={t('myConsents.contractors')}
            note={t('myConsents.contractorsNote')}
          />
        </Rows>
      </section>
    </div>
  );
}
