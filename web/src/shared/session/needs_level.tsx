import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FunctionName } from '../api/types';
import { ButtonLink } from '../ui/button';
import { LockIcon } from '../ui/icons';
import { PageTitle } from '../ui/page_title';
import { Screen } from '../ui/screen';
import { useMe } from './me';
import { MissingWords } from './missing_words';
import './needs_level.css';

interface NeedsLevelProps {
  of: FunctionName;
  title: string;
  children: ReactNode;
}

/** Shows the page, or says why this function is closed at this level and leads to opening it. */
export function NeedsLevel({ of, title, children }: NeedsLevelProps) {
  const { t } = useTranslation();
  const access = useMe().assurance.functions.find((one) => one.function === of);
  if (access?.open !== false) return <>{children}</>;
  return (
    <Screen actions={<ButtonLink to="/level">{t('level.lead')}</ButtonLink>}>
      <div className="screen__head">
        <PageTitle>{title}</PageTitle>
      </div>
      <div className="needs">
        <span className="needs__icon">
          <LockIcon size={28} />
        </span>
        {access.missing.some(({ lack }) => lack === 'level') ? (
          <>
            <h2>{t('level.neededTitle')}</h2>
            <p className="soft">{t(`level.needed.${of}`)}</p>
          </>
        ) : (
          <h2>
            <MissingWords missing={access.missing} />
          </h2>
        )}
      </div>
    </Screen>
  );
}
