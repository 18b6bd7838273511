package org.millrace.api.dispatch;

/**
 * The broker has nothing of what waited in its queues: it is new, has lost its data, or had a queue that had to be made
 * anew.
 */
record BrokerForgot() {}
