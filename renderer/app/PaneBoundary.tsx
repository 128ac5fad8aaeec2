import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { shellText } from '../i18n/en/shell.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';

interface PaneBoundaryProps {
  readonly children: ReactNode;
}

/** A pane that breaks takes neither the window nor the other panes with it. */
export class PaneBoundary extends Component<PaneBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    const retry = <Button onClick={() => this.setState({ error: null })}>{shellText.tryAgain}</Button>;
    return <ErrorNotice error={this.state.error} context={shellText.paneFailed} actions={retry} />;
  }
}
