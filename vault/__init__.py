"""What we keep: settings, tables, migrations, keys, inbox and outbox, audit, retention."""
