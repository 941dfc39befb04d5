// Loaded before each child: when the launcher is killed it can stop nobody, so they leave by themselves.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
