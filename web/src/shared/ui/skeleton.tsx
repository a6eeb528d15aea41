import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './skeleton.css';

const kWordsAfterMs = 2_000;

interface SkeletonProps {
  /** Heights in pixels of the blocks that will come. */
  blocks: number[];
  words?: string;
}

/** Grey shapes for the first two seconds, then words as well. */
export function Skeleton({ blocks, words }: SkeletonProps) {
  const { t } = useTranslation();
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), kWordsAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton">
      <p className={isLong ? 'soft' : 'visually-hidden'} role="status">
        {isLong ? (words ?? t('common.loadingLong')) : t('common.loading')}
      </p>
      {blocks.map((height, index) => (
        <svg key={index} className="skeleton__block" height={height} aria-hidden="true">
          <rect width="100%" height="100%" rx="16" />
        </svg>
      ))}
    </div>
  );
}
