"""What is read off documents beside questions and answers: charts, tables, tick boxes, pages."""
