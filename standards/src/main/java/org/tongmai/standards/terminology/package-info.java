/**
 * Code systems and concept maps as dated, immutable tables, read from CSV files whose origin is a row of
 * {@code sources.csv}. A table that is wrong is refused with file and line; the tables in force stay.
 */
package org.tongmai.standards.terminology;
