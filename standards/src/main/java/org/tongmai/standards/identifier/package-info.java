/** National identifiers of people, organisations, licences and staff: what makes a number one of its kind. */
package org.tongmai.standards.identifier;
