import { useTranslation } from 'react-i18next';
import type { Operation } from '../../../shared/api/types';
import { formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useOperations } from '../api/operations';
import { useSubjectWords } from '../components/operation_subject';
import './history_page.css';

export function HistoryPage() {
  const { t } = useTranslation();
  const pages = useOperations();
  const { hasNextPage, isFetchingNextPage } = pages;
  return (
    <Screen back="/home">
      <div className="screen__head">
        <PageTitle>{t('history.title')}</PageTitle>
        <p className="screen__lead">{t('history.lead')}</p>
      </div>
      <Loaded query={pages} blocks={[64, 64, 64, 64]}>
        {(data) => <OperationDays operations={data.pages.flatMap((one) => one.operations)} />}
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
    </Screen>
  );
}

function OperationDays({ operations }: { operations: Operation[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const days = new Map<string, Operation[]>();
  for (const operation of operations) {
    const day = formatDay(operation.at, language);
    days.set(day, [...(days.get(day) ?? []), operation]);
  }
  if (operations.length === 0) {
    return (
      <div className="stack-s">
        <h2>{t('history.empty')}</h2>
        <p className="soft">{t('history.emptyText')}</p>
      </div>
    );
  }
  return [...days].map(([day, entries]) => (
    <section key={day} className="history-day">
      <h2>{day}</h2>
      <ul>
        {entries.map((operation) => (
          <OperationLine key={operation.operation_id} operation={operation} />
        ))}
      </ul>
    </section>
  ));
}

function OperationLine({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const subject = useSubjectWords(operation);
  return (
    <li>
      <time className="numeric" dateTime={operation.at}>
        {formatTime(operation.at, language)}
      </time>
      <span>
        <span className="history-day__what">{t(`history.kind.${operation.kind}`)}</span>
        {subject !== undefined && <span className="soft small">{subject}</span>}
      </span>
    </li>
  );
}
