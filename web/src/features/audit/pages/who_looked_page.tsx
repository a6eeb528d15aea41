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
import { useLogEntries, useLogHistory, type JudgedEntry, type JudgedPage } from '../api/entries';
import { EntryLine } from '../components/entry_line';
import { parseRecord } from '../record';
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
  const { hasNextPage, isFetchingNextPage } = pages;
  return (
    <>
      <Loaded query={pages} blocks={[64, 64, 64, 64]}>
        {(data) => (
          <>
            <Verdicts pages={data.pages} />
            <Days entries={data.pages.flatMap((page) => page.entries)} />
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

function Days({ entries }: { entries: JudgedEntry[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (entries.length === 0) return <p className="soft">{t('who.empty')}</p>;
  const days = new Map<string, JudgedEntry[]>();
  for (const entry of entries) {
    const time = entry.record === undefined ? undefined : parseRecord(entry.record)?.time;
    const day = time === undefined ? t('who.erased') : formatDay(time, language);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, lines]) => (
    <section key={day} className="who-day">
      <h2>{day}</h2>
      <ul>
        {lines.map((entry) => (
          <EntryLine key={entry.entry_id} entry={entry} />
        ))}
      </ul>
    </section>
  ));
}
