/**
 * A bundle running beside the world: a Camel context of its own in which sources are fed and sinks are caught. No port, no
 * disk, no database. {@code golden} runs a bundle's own tests in it, {@code diff} compares two versions over journalled
 * messages, {@code capture} makes a test of a journalled message.
 */
package org.tongmai.routes.engine.bundle.sandbox;
