import './ring.css';

interface RingProps {
  /** What is left, 0 to 1. */
  left: number;
  size?: number;
}

export function Ring({ left, size = 30 }: RingProps) {
  const radius = 12;
  const length = 2 * Math.PI * radius;
  return (
    <svg className="ring" width={size} height={size} viewBox="0 0 30 30" aria-hidden="true">
      <circle cx="15" cy="15" r={radius} className="ring__track" />
      <circle
        cx="15"
        cy="15"
        r={radius}
        className="ring__left"
        strokeDasharray={length}
        strokeDashoffset={length * (1 - left)}
      />
    </svg>
  );
}
