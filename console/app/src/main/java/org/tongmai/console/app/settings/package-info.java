/** The settings of the platform: written once, typed, documented, defaulted, checked together at the start. */
package org.tongmai.console.app.settings;
