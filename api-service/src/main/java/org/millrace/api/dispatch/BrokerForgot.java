package org.millrace.api.dispatch;

/** The broker that was just connected to knows nothing of this installation: it is new, or has lost its data. */
record BrokerForgot() {}
