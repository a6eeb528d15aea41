import { useTranslation } from 'react-i18next';
import type { FunctionAccess } from '../../../shared/api/types';
import { MissingWords } from '../../../shared/session/missing_words';
import { CheckIcon, LockIcon } from '../../../shared/ui/icons';
import '../../../shared/ui/rows.css';
import './function_list.css';

/** What this level opens and what it does not, in words and not by colour alone. */
export function FunctionList({ functions }: { functions: FunctionAccess[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack-s">
      <h2>{t('level.opens')}</h2>
      <ul className="functions">
        {functions.map((one) => (
          <li key={one.function} data-open={one.open ? '' : undefined}>
            <span className="functions__icon">
              {one.open ? <CheckIcon size={20} /> : <LockIcon size={20} />}
            </span>
            <span className="row__words">
              <span className="row__title">{t(`level.function.${one.function}`)}</span>
              <span className="row__note">
                {one.open ? t('level.open') : <MissingWords missing={one.missing} />}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
