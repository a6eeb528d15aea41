import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { kAttributeNames } from '../../../shared/api/attribute_names';
import { useProviderName } from '../../../shared/api/provider_name';
import type { HeldCategory } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useBlocks } from '../../../shared/session/blocks';
import { Chip } from '../../../shared/ui/chip';
import { CardIcon, CrossIcon, EyeIcon, LockIcon, MessageIcon, PageIcon, PersonIcon } from '../../../shared/ui/icons';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact, RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { countryName, inLanguage, normsIn, useMyData } from '../api/processing';
import { Until } from '../components/until';
import '../components/papers.css';

/** Everything that is held about the person, in one place. */
export function MyDataPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const mine = useMyData();
  return (
    <Screen back="/profile" header={t('profile.title')} wide>
      <div className="screen__head">
        <PageTitle>{t('myData.title')}</PageTitle>
        <p className="screen__lead">{t('myData.lead')}</p>
      </div>
      <Loaded query={mine} blocks={[160, 160, 160]}>
        {(data) => (
          <>
            <p className="soft">{t('myData.place', { country: countryName(data.country, language) })}</p>
            <div className="categories">
              {data.categories.map((one) => (
                <CategoryCard key={one.name} category={one} />
              ))}
            </div>
          </>
        )}
      </Loaded>
      <section className="stack-s">
        <h2>{t('myData.do')}</h2>
        <Rows>
          <RowLink to="/profile" icon={<PersonIcon />} title={t('myData.values')} />
          <RowLink to="/my-data/blocks" icon={<LockIcon />} title={t('blocks.title')} note={t('blocks.row')} />
          <RowLink to="/who-looked" icon={<EyeIcon />} title={t('who.title')} note={t('who.note')} />
          <RowLink to="/requests" icon={<MessageIcon />} title={t('requests.title')} />
          <RowLink to="/processing" icon={<PageIcon />} title={t('processing.title')} />
          <RowLink to="/account/export" icon={<CardIcon />} title={t('export.title')} />
          <RowLink to="/account/deletion" icon={<CrossIcon />} title={t('deletion.profile')} />
        </Rows>
      </section>
    </Screen>
  );
}

/** Kept under digests that lead to no account. */
const kNotByPerson: readonly string[] = ['unfinished', 'protection'];

function CategoryCard({ category }: { category: HeldCategory }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { records, lines = 0 } = category;
  const isCounted = !kNotByPerson.includes(category.name);
  const isBlocked = useIsBlocked(category.name);
  return (
    <details className="paper paper--lid" open={category.name === 'profile' || isBlocked}>
      <summary>
        <h2>{inLanguage(category.title, language)}</h2>
        <span className="soft small">{useHeld(category)}</span>
      </summary>
      <p className="soft">{inLanguage(category.data, language)}</p>
      {isBlocked && <BlockedMark />}
      <dl className="facts">
        <Fact name={t('myData.held')}>
          {records.length > 0 ? (
            <RecordList category={category} />
          ) : lines > 0 ? (
            <>
              {t('myData.lines', { count: lines })}
              <span className="fact__note">{t('myData.linesNote')}</span>
            </>
          ) : (
            t(isCounted ? 'myData.nothing' : 'myData.notCounted')
          )}
        </Fact>
        <Fact name={t('processing.until')}>
          <Until term={category.until} />
        </Fact>
      </dl>
      <details className="small">
        <summary>{t('myData.basis')}</summary>
        <ul className="dashes">
          {category.purposes.map((one) => (
            <li key={one.name}>
              {inLanguage(one.title, language)}
              {': '}
              <span className="soft">{normsIn(one.bases, language)}</span>
            </li>
          ))}
        </ul>
      </details>
      {category.name === 'agreements' && <Link to="/consents">{t('myData.consents')}</Link>}
    </details>
  );
}

/** How much is held, in the three words that stand on the closed lid. */
function useHeld({ name, records, lines = 0 }: HeldCategory): string {
  const { t } = useTranslation();
  if (records.length > 0) return t('myData.facts', { count: records.length });
  if (lines > 0) return t('myData.lines', { count: lines });
  return t(kNotByPerson.includes(name) ? 'myData.short.notCounted' : 'myData.short.nothing');
}

function useIsBlocked(name: string): boolean {
  return useBlocks().data?.blocks.some(({ category }) => category === name) ?? false;
}

/** Says of blocked data that they are, with the way to what that means. */
function BlockedMark() {
  const { t } = useTranslation();
  return (
    <p>
      <Chip look="calm">
        <LockIcon size={16} />
        {t('blocks.isBlocked')}
      </Chip>{' '}
      <Link to="/my-data/blocks">{t('blocked.lead')}</Link>
    </p>
  );
}

const kLevels = ['asserted', 'phone', 'verified'] as const;
const kSources = ['self', 'identity_provider', 'registry', 'desk', 'e_passport'] as const;

function RecordList({ category }: { category: HeldCategory }) {
  return (
    <ul className="papers-list">
      {inReadingOrder(category.records).map((one) => (
        <RecordLine key={one.name + one.source} record={one} hasLevel={category.name === 'profile'} />
      ))}
    </ul>
  );
}

interface RecordLineProps {
  record: HeldCategory['records'][number];
  /** A level is how sure a fact about the person is; what is no such fact has none. */
  hasLevel: boolean;
}

function RecordLine({ record, hasLevel }: RecordLineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [kind = '', providerId] = record.source.split(':');
  const provider = useProviderName(providerId);
  const source = kSources.find((one) => one === kind);
  const level = kLevels.find((one) => one === record.level);
  const day = formatDay(record.since, language);
  return (
    <li>
      <span>{useRecordName(record.name)}</span>
      <span className="soft small">
        {source ? t(`profile.source.${source}`, { provider, day }) : record.source}
        {hasLevel && level !== undefined && ` · ${t(`myData.level.${level}`)}`}
      </span>
    </li>
  );
}

const kDocuments = ['passport', 'driving_licence', 'snils', 'oms', 'inn'] as const;
const kOther = ['passport_portrait', 'totp_secret'] as const;

/** Names before numbers and addresses, and the passport before the rest, as on the profile and the cards. */
function inReadingOrder(records: HeldCategory['records']): HeldCategory['records'] {
  const order: readonly string[] = [...kAttributeNames, ...kDocuments];
  const place = ({ name }: HeldCategory['records'][number]) => {
    const found = order.indexOf(name.split(':')[0] ?? name);
    return found < 0 ? order.length : found;
  };
  return [...records].sort((a, b) => place(a) - place(b));
}

/** "Телефон" of "phone:018f...", "Паспорт РФ" of "passport". */
function useRecordName(full: string): string {
  const { t } = useTranslation();
  const name = full.split(':')[0] ?? full;
  const attribute = kAttributeNames.find((one) => one === name);
  if (attribute) return t(`profile.attribute.${attribute}`);
  const document = kDocuments.find((one) => one === name);
  if (document) return t(`documents.kind.${document}`);
  const other = kOther.find((one) => one === name);
  return other ? t(`myData.record.${other}`) : name;
}
