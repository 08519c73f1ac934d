// Loaded first into every program that we start: when its starter is gone, however it went, the program ends too.
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
