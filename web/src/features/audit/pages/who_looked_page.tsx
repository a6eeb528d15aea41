import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useMe } from '../../../shared/session/me';
import { Button } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useLogEntries, useLogHistory, type JudgedPage } from '../api/entries';
import { EntryLines } from '../components/entry_line';
import { grouped, isOwn, readEntry, type ReadEntry } from '../entry_groups';
import './who_looked_page.css';

export function WhoLookedPage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Screen back="/home" header={t('common.back')}>
      <div className="screen__head">
        <PageTitle>{t('who.title')}</PageTitle>
        <p className="screen__lead">{t('who.lead')}</p>
      </div>
      <Entries citizenId={me.citizen_id} />
      <p className="soft">
        {t('blocked.who')} <Link to="/my-data/blocks">{t('blocked.whoLead')}</Link>
      </p>
    </Screen>
  );
}

function Entries({ citizenId }: { citizenId: string }) {
  const { t } = useTranslation();
  const pages = useLogEntries(citizenId);
  const [whose, setWhose] = useState<Whose>('all');
  const { hasNextPage, isFetchingNextPage } = pages;
  return (
    <>
      <Loaded query={pages} blocks={[64, 64, 64, 64]}>
        {(data) => (
          <>
            <Verdicts pages={data.pages} />
            <WhoseChoice chosen={whose} onChoose={setWhose} />
            <Days entries={data.pages.flatMap((page) => page.entries).map(readEntry)} whose={whose} />
          </>
        )}
      </Loaded>
      {hasNextPage && (
        <Button
          look="secondary"
          pending={isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
      {pages.data && !hasNextPage && <p className="soft small">{t('history.end')}</p>}
    </>
  );
}

/** What the checks in this browser came to, in one place above the lines. */
function Verdicts({ pages }: { pages: JudgedPage[] }) {
  const { t } = useTranslation();
  const history = useLogHistory();
  const entries = pages.flatMap((page) => page.entries);
  const wrong = entries.filter((entry) => entry.verdict === 'wrong').length;
  const proven = entries.filter((entry) => entry.verdict === 'proven').length;
  const checkpoint = pages.at(-1)?.checkpoint;
  if (history.data?.holds === false) {
    return (
      <Notice look="attention" title={t('who.forkTitle')} announce>
        <p>{t('who.forkText')}</p>
      </Notice>
    );
  }
  if (wrong > 0) {
    return (
      <Notice look="attention" title={t('who.wrongTitle', { count: wrong })} announce>
        <p>{t('who.wrongText')}</p>
      </Notice>
    );
  }
  if (proven === 0) return null;
  return (
    <Notice look="good" title={t('who.provenTitle', { proven, all: entries.length })}>
      <p>{t('who.provenText', { size: checkpoint?.size ?? 0 })}</p>
      {checkpoint?.signed === false && <p>{t('who.unsigned')}</p>}
      {history.data?.holds === true && <p>{t('who.seenBefore')}</p>}
    </Notice>
  );
}

const kWhose = ['all', 'others'] as const;
type Whose = (typeof kWhose)[number];

function WhoseChoice({ chosen, onChoose }: { chosen: Whose; onChoose: (whose: Whose) => void }) {
  const { t } = useTranslation();
  return (
    <div className="pair" role="group" aria-label={t('who.filter.label')}>
      {kWhose.map((one) => (
        <Button
          key={one}
          look={chosen === one ? 'primary' : 'secondary'}
          aria-pressed={chosen === one}
          onClick={() => onChoose(one)}
        >
          {t(`who.filter.${one}`)}
        </Button>
      ))}
    </div>
  );
}

function Days({ entries, whose }: { entries: ReadEntry[]; whose: Whose }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (entries.length === 0) return <p className="soft">{t('who.empty')}</p>;
  const shown = entries.filter((one) => whose === 'all' || !isOwn(one));
  if (shown.length === 0) return <p className="soft">{t('who.noOthers')}</p>;
  const days = new Map<string, ReadEntry[]>();
  for (const one of shown) {
    const day = one.record === undefined ? t('who.erased') : formatDay(one.record.time, language);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days].map(([day, lines]) => (
    <section key={day} className="who-day">
      <h2>{day}</h2>
      <ul>
        {grouped(lines).map((group) => (
          <EntryLines key={group[0].entry.entry_id} group={group} />
        ))}
      </ul>
    </section>
  ));
}
