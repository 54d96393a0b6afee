/** Mail by SMTP: the kamelet {@code mail-action} and what it can fail with. */
package org.tongmai.adapters.mail;
