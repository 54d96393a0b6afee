/** What leaves the platform: destinations, what is parked, replays of selections. */
package org.tongmai.console.server.delivery;
