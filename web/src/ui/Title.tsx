/** A name from the library, in whatever script, kept from disturbing the direction of the text around it. */
export function Title({ children, className }: { children: string; className?: string | undefined }) {
  return (
    <bdi dir="auto" className={className}>
      {children}
    </bdi>
  );
}
